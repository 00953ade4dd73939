letter-confirm-address-subject = Xác nhận địa chỉ thư của bạn
letter-confirm-address-text = Bạn vừa tạo tài khoản ở chương trình Phách. Hãy xác nhận rằng địa chỉ thư này là của bạn trong 7 ngày. Nếu không phải bạn, xin bỏ qua thư này.
letter-confirm-address-button = Xác nhận địa chỉ
letter-already-registered-subject = Bạn đã có tài khoản
letter-already-registered-text = Có người vừa dùng địa chỉ thư này để tạo tài khoản, nhưng địa chỉ đã có tài khoản từ trước. Nếu là bạn, hãy đăng nhập; quên mật khẩu thì đặt lại ở cùng trang. Nếu không phải bạn, không cần làm gì.
letter-already-registered-button = Đăng nhập
letter-reset-password-subject = Đặt lại mật khẩu
letter-reset-password-text = Liên kết dưới đây cho phép đặt mật khẩu mới, dùng một lần, trong một giờ. Nếu bạn không yêu cầu, xin bỏ qua thư này; mật khẩu vẫn như cũ.
letter-reset-password-button = Đặt mật khẩu mới
letter-password-changed-subject = Mật khẩu của bạn đã đổi
letter-password-changed-text = Mật khẩu tài khoản của bạn vừa được đổi và mọi phiên đăng nhập đã kết thúc. Nếu không phải bạn, hãy đặt lại mật khẩu ngay.
letter-password-changed-button = Đặt lại mật khẩu
letter-invitation-subject = Lời mời tham gia { $contest }
letter-invitation-text =
    Bạn được mời tham gia { $contest } với vai trò { $hat }. Liên kết dùng một lần, có hiệu lực trong 30 ngày.

    (English: this is an invitation to a role in this contest. The page behind the link can be read in English.)
letter-invitation-button = Xem lời mời
letter-receipt-subject = Biên nhận bài dự thi số { $number }
letter-receipt-text =
    Bài “{ $title }” dự { $contest } đã được nhận lúc { $received-at }, theo giờ máy chủ.

    Số bài: { $number }

    Số biên nhận: { $receipt }

    Mã kiểm SHA-256 của đúng nội dung đã nhận: { $sha256 }

    Hãy giữ thư này. Trong hạn, bạn thay hoặc rút được bài ở trang của bài; bản thay có biên nhận mới.
letter-receipt-button = Xem biên nhận
letter-query-subject = Tổ Thư ký hỏi lại về bài số { $number }
letter-query-text = Tổ Thư ký của { $contest } cần bạn trả lời hoặc sửa một điểm ở bài số { $number }. Câu hỏi ở trang của bài. Hãy trả lời tại đó trước { $until }; sau lúc đó, Tổ Thư ký có thể kết luận trên bản đang có.
letter-query-button = Xem và trả lời
letter-entry-refused-subject = Kết luận về bài số { $number }
letter-entry-refused-text = Tổ Thư ký của { $contest } đã kết luận bài số { $number } không được nhận vào vòng chấm. Lý do có ở trang của bài.
letter-entry-refused-button = Xem lý do
letter-entry-struck-out-subject = Bài số { $number } bị loại
letter-entry-struck-out-text = Tổ Thư ký của { $contest } đã loại bài số { $number } sau khi cắt phách. Lý do có ở trang của bài.
letter-entry-struck-out-button = Xem lý do
letter-entry-withdrawn-subject = Bài số { $number } đã rút
letter-entry-withdrawn-text = Tổ Thư ký của { $contest } đã đồng ý cho rút bài số { $number } theo lời xin của bạn. Bài không có kết quả.
letter-entry-withdrawn-button = Mở trang của bài
letter-key-wanted-subject = Cần người giữ khóa: { $contest }
letter-key-wanted-text = Bảng xếp hạng và danh sách giải của { $contest } đã được niêm phong. Bạn giữ một khóa: xin mở trang hồi phách và xác nhận cùng một người giữ khóa khác, trong vòng 30 phút của nhau. Để xác nhận bạn cần mật khẩu của mình và bốn ký tự cuối của mã kiểm niêm phong, ghi trong biên bản niêm phong mà Ban Tổ chức gửi bạn.
letter-key-wanted-button = Mở trang hồi phách
letter-entry-accepted-subject = Bài số { $number } hợp lệ
letter-entry-accepted-text = Sau phần bạn trả lời, Tổ Thư ký của { $contest } đã kết luận bài số { $number } hợp lệ. Tình trạng của bài có ở trang biên nhận.
letter-entry-accepted-button = Xem tình trạng
letter-papers-await-subject = Có bài chờ chấm: { $contest }
letter-papers-await-text = Trưởng ban giám khảo của { $contest } đã giao bài cho bạn. Bài chờ ở trang Bài chấm; bạn chấm theo thứ tự nào cũng được. Biết bài của ai thì chọn “Xin không chấm bài này”.
letter-papers-await-button = Tới trang Bài chấm
letter-results-out-subject = Đã có kết quả { $contest }
letter-results-out-text = Kết quả { $contest } đã được công bố. Mời bạn xem ở trang của cuộc thi.
letter-results-out-button = Xem kết quả
letter-extended-subject = Gia hạn gửi bài: { $contest }
letter-extended-text = Hạn gửi bài của { $contest } đã lùi: nhận bài trước { $until }. Lý do có ở trang thể lệ. Bản nháp chưa phải bài đã gửi; xin gửi bài trước hạn mới.
letter-extended-button = Xem thể lệ
letter-entry-extended-subject = Bài của bạn được gia hạn: { $contest }
letter-entry-extended-text = Tổ Thư ký của { $contest } đã gia hạn cho bài của bạn: nhận bài trước { $until }. Lý do có ở trang của bài. Bản nháp chưa phải bài đã gửi; xin gửi bài trước hạn này.
letter-entry-extended-button = Mở trang của bài
letter-extension-proposed-subject = Xin xác nhận gia hạn: { $contest }
letter-extension-proposed-text = Có đề nghị gia hạn gửi bài của { $contest } tới trước { $until }. Gia hạn chỉ có hiệu lực khi một người khác với người đề nghị xác nhận.
letter-extension-proposed-button = Xem và xác nhận
letter-greeting = Kính gửi { $name },
letter-greeting-plain = Xin chào,
letter-draft-reminder-subject = Bản nháp chưa gửi: { $contest }
letter-draft-reminder-text = Bạn đang có { $number } bản nháp chưa gửi trong { $contest }. Bản nháp chưa phải là bài dự thi.

    Hạn gửi là trước { $until }. Nếu bạn không định dự thi nữa, không cần làm gì.
letter-draft-reminder-button = Mở danh sách bài
letter-coauthor-asked-subject = Xác nhận đồng tác giả: { $contest }
letter-coauthor-asked-text =
    Một bài dự { $contest } ghi bạn là đồng tác giả. Người gửi bài: { $sender }.

    Hãy mở liên kết dưới đây để xem tên bài, rồi xác nhận hoặc phản đối trong 7 ngày. Không cần tài khoản. Xin đừng chuyển tiếp thư này.
letter-coauthor-asked-button = Xem và trả lời
letter-coauthor-objects-subject = Một đồng tác giả của bài số { $number } phản đối
letter-coauthor-objects-text =
    { $other } trả lời rằng mình không cùng viết bài số { $number } dự { $contest }.

    Có thể đây chỉ là nhầm lẫn. Bài vẫn được tính; Tổ Thư ký sẽ xem lại và liên hệ nếu cần. Còn trong hạn, bạn sửa được danh sách tác giả ở trang của bài.
letter-coauthor-objects-button = Mở trang của bài
letter-contact-mended-subject = Từ nay thư của { $contest } gửi tới địa chỉ này
letter-contact-mended-text =
    Thư gửi địa chỉ cũ của bạn không tới, nên Tổ Thư ký của { $contest } đã ghi địa chỉ này để liên hệ. Những thư chưa tới được gửi lại.

    Bạn vẫn đăng nhập bằng địa chỉ cũ. Muốn đăng nhập bằng địa chỉ này, hãy đăng nhập rồi đổi ở trang Tài khoản. Nếu không phải bạn, hãy báo Ban Tổ chức.
letter-contact-mended-button = Mở trang của bài
letter-contact-left-subject = Thư của { $contest } không gửi tới địa chỉ này nữa
letter-contact-left-text = Tổ Thư ký của { $contest } đã ghi một địa chỉ khác để liên hệ với bạn. Địa chỉ đăng nhập không đổi. Nếu bạn không yêu cầu, hãy báo Ban Tổ chức.
letter-contact-left-button = Xem trang cuộc thi
letter-address-change-subject = Đổi địa chỉ đăng nhập
letter-address-change-text = Có yêu cầu dùng địa chỉ thư này để đăng nhập thay cho địa chỉ cũ. Liên kết dùng một lần, trong một ngày. Nếu bạn không yêu cầu, xin bỏ qua thư này; không có gì thay đổi.
letter-address-change-button = Đổi địa chỉ
letter-address-left-subject = Địa chỉ đăng nhập của bạn đã đổi
letter-address-left-text = Tài khoản của bạn vừa chuyển sang đăng nhập bằng một địa chỉ thư khác. Từ nay thư không gửi tới đây nữa. Nếu không phải bạn đã đổi, hãy báo ngay cho Ban Tổ chức của cuộc thi bạn tham gia.
letter-address-left-button = Mở trang đầu
letter-author-corrected-subject = Thông tin tác giả của bài số { $number } đã được sửa
letter-author-corrected-text = Tổ Thư ký của { $contest } đã sửa thông tin tác giả hoặc đơn vị của bài số { $number }. Thông tin hiện có ở trang biên nhận; nếu chưa đúng, hãy báo Tổ Thư ký. Bài đã nhận không đổi.
letter-author-corrected-button = Xem biên nhận
letter-post-author-corrected-subject = Thông tin tác giả của bài số { $number } đã được sửa
letter-post-author-corrected-text = Tổ Thư ký của { $contest } đã sửa thông tin tác giả hoặc đơn vị của bài số { $number } gửi qua bưu điện. Nếu chưa đúng hoặc bạn không yêu cầu, hãy báo Tổ Thư ký. Bài đã nhận không đổi.
letter-post-author-corrected-button = Xem trang cuộc thi
letter-repair-asked-subject = Xin gửi lại bài số { $number }
letter-repair-asked-text = Bài số { $number } dự { $contest } có chỗ hỏng mà chỉ bạn sửa được. Mở trang của bài để xem Tổ Thư ký cần gì và gửi tệp hoặc văn bản đã sửa trước { $until }. Quá hạn, văn bản đang có vẫn dự thi.
letter-repair-asked-button = Xem và gửi bản sửa
letter-repair-taken-subject = Đã nhận bản sửa của bài số { $number }
letter-repair-taken-text = Tổ Thư ký của { $contest } đã nhận bản sửa bạn gửi cho bài số { $number }. Văn bản đó từ nay thay văn bản cũ.
letter-repair-taken-button = Mở trang của bài
letter-repair-unusable-subject = Bản sửa của bài số { $number } chưa dùng được
letter-repair-unusable-text = Tổ Thư ký của { $contest } đã xem bản sửa bạn gửi cho bài số { $number } và chưa dùng được. Lý do có ở trang của bài. Văn bản đang có vẫn dự thi.
letter-repair-unusable-button = Xem lý do
letter-repair-taken-back-subject = Không cần bản sửa của bài số { $number } nữa
letter-repair-taken-back-text = Tổ Thư ký của { $contest } không cần bản sửa của bài số { $number } nữa. Văn bản đang có vẫn dự thi; bạn không phải làm gì.
letter-repair-taken-back-button = Mở trang của bài
letter-reopening-asked-subject = Xin trả lời đề nghị mở lại vòng chấm: { $contest }
letter-reopening-asked-text = Trưởng ban giám khảo của { $contest } đề nghị mở lại vòng chấm đã chốt. Đề nghị chỉ có hiệu lực khi bạn hoặc một người khác trong Ban Tổ chức xác nhận trong 7 ngày.
letter-reopening-asked-button = Xem và trả lời
letter-key-replacement-subject = Đề nghị thay người giữ khóa: { $contest }
letter-key-replacement-text = Một người giữ khóa của { $contest } đề nghị thay hoặc thêm người giữ khóa. Xin mở trang Người giữ khóa để đọc lý do và xác nhận, hoặc báo Ban Tổ chức nếu thấy không đúng.
letter-key-replacement-button = Mở trang Người giữ khóa
letter-key-replaced-subject = Người giữ khóa đã thay đổi: { $contest }
letter-key-replaced-text = Hai người giữ khóa của { $contest } đã cùng xác nhận một thay đổi. Trang Người giữ khóa cho biết ai đang giữ khóa.
letter-key-replaced-button = Mở trang Người giữ khóa
letter-key-strike-subject = Cần người giữ khóa: { $contest }
letter-key-strike-text = Một người giữ khóa của { $contest } đề nghị một quyết định cần người giữ khóa thứ hai. Xin đăng nhập để đọc và xác nhận trong bảy ngày.
letter-key-strike-button = Mở trang quyết định
letter-decision-wanted-subject = Cần người thứ hai xác nhận: { $contest }
letter-decision-wanted-text = Ban Tổ chức { $contest } đề nghị một quyết định về kết quả, cần một người khác xác nhận. Xin đăng nhập để đọc và xác nhận trong bảy ngày.
letter-decision-wanted-button = Mở trang xác nhận
letter-turn-deal-subject = Phách đã cắt: { $contest }
letter-turn-deal-text = Bài của { $contest } đã cắt phách và hiện ở trang Tiến độ chấm, chỉ có mã. Việc tiếp theo là của bạn: xem giám khảo nào chưa khai quan hệ, rồi phân công chấm.
letter-turn-deal-button = Mở trang Tiến độ chấm
letter-turn-close-subject = Đã đủ lượt chấm: { $contest }
letter-turn-close-text = Mọi bài của { $contest } đã đủ lượt chấm và không còn việc nào chờ. Việc tiếp theo là của bạn: xem lại tiến độ, rồi chốt chấm.
letter-turn-close-button = Mở trang Tiến độ chấm
letter-turn-seal-subject = Đã chốt chấm: { $contest }
letter-turn-seal-text = Vòng chấm của { $contest } đã chốt. Việc tiếp theo là của bạn: đề xuất giải theo bảng xếp hạng, rồi niêm phong. Nếu còn chỗ bằng điểm ở ranh giới giải, Trưởng ban giám khảo kết luận trước.
letter-turn-seal-button = Mở trang Giải thưởng
letter-turn-key-subject = Một khóa đã xác nhận: { $contest }
letter-turn-key-text = Một người giữ khóa của { $contest } vừa xác nhận mở phách. Cần một khóa nữa: nếu bạn xác nhận trước { $until }, phách của các bài được giải mở ra; quá giờ ấy thì phải làm lại từ đầu.
letter-turn-key-button = Mở trang hồi phách
letter-turn-publish-subject = Phách đã mở: { $contest }
letter-turn-publish-text = Phách của các bài được giải trong { $contest } đã mở. Việc tiếp theo là của bạn: xét giải tập thể nếu có, rồi công bố kết quả. Tên người được giải xin giữ kín đến lúc đó.
letter-turn-publish-button = Mở trang công bố
