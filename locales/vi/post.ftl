post-new-title = Ghi sổ bài gửi bưu điện
post-new-lede = Mỗi phong bì một bài. Ghi đúng những gì trên giấy; chỗ nào trên giấy không có thì để trống. Nhận ghi đến trước { $at }.
post-again-title = Bài { $n }: ghi thay tác giả
post-again-lede = Gõ bài, sửa chỗ ghi nhầm, hoặc ghi điều tác giả trả lời qua điện thoại. Bản trước vẫn được giữ.
post-asked = Tổ Thư ký đã hỏi
post-envelope = Phong bì
post-postmark = Dấu bưu điện
post-postmark-none = không đọc được hoặc nộp tận nơi thì để trống
post-postmark-hint = Hạn: ngày { $day }. Để trống thì tính theo lúc đến.
post-arrived = Đến lúc
post-arrived-hint = Giờ { $zone }.
post-condition = Tình trạng phong bì
post-condition-whole = Nguyên vẹn
post-condition-damaged = Rách, ướt
post-condition-opened = Đã bị mở
post-remark = Ghi chú về phong bì
post-authors = Tác giả
post-if-written = nếu có ghi
post-guardian = Người giám hộ (sinh từ { $year })
post-guardian-agrees = Có chữ ký đồng ý của người giám hộ
post-declared = Cam đoan có ký trên giấy
post-file = Tệp gửi kèm (USB, đĩa)
post-file-or = hoặc gõ ở dưới
post-file-hint = Tệp .docx, .odt hoặc .txt, tối đa 20 MB.
post-file-stays = Đang có tệp { $name }; không chọn tệp khác và không gõ gì thì tệp này giữ nguyên.
post-text = Nội dung
post-text-later = gõ sau cũng được
post-text-hint = Gõ đúng như trên giấy. Chưa có nội dung thì bài chưa ghi hợp lệ được.
post-note = Lời tác giả trả lời
post-note-hint = Ghi cách bạn biết, ví dụ: trả lời qua điện thoại lúc 9 giờ ngày 16/7.
post-write = Ghi sổ, lấy biên nhận
post-write-again = Ghi bản này
post-next = Phong bì tiếp theo
post-next-hint = Giữ thông tin phong bì, loại hình và đơn vị. Bấm Enter.
post-late = Gửi muộn.
post-late-text = Dấu bưu điện (hoặc lúc đến) quá hạn: bài không ghi hợp lệ được. Hãy từ chối kèm lý do, hoặc gia hạn riêng nếu có lý do chính đáng.
post-untyped = Chưa có nội dung.
post-untyped-text = Bài còn trên giấy: gõ bài hoặc đính kèm tệp rồi mới kết luận được.
post-type = Gõ bài
post-open = Mở bài { $n }
post-no-postmark = Không có hoặc không đọc được
post-written-at = Ghi sổ lúc
post-code = Mã nhận bài
post-code-text = Tác giả có tài khoản thì đăng nhập, mở “Bài của tôi” ở địa chỉ dưới đây, chọn “Tôi có mã nhận bài” và nhập mã. Mã dùng một lần. Ai cầm mã này nhận được bài: hãy giữ kín.
post-code-once = Mã chỉ hiện lần này.
post-code-told = Mã đã được in trước đó và không hiện lại. Cấp mã khác thì mã cũ hết hiệu lực.
post-code-another = Cấp mã khác để in
post-code-by-letter = Gửi mã khác tới thư của tác giả
post-letter-sent = Biên nhận (không kèm mã) cũng gửi tới thư điện tử của tác giả.
post-card = Gửi qua bưu điện
post-card-claimed = Bài đã được nhận về một tài khoản: thư về bài gửi tới đó, và người giữ tài khoản tự sửa, tự trả lời.
post-card-unclaimed = Chưa ai nhận bài về tài khoản; mã cấp lúc { $at }.
post-card-call = Bài chưa có chủ tài khoản và không có thư điện tử: khi hỏi lại, hãy gọi điện rồi ghi câu trả lời.
post-card-mail = Khi hỏi lại, lời nhắn gửi tới thư điện tử của tác giả; câu trả lời thì Tổ Thư ký ghi thay.
post-card-write = Gõ bài, sửa hoặc ghi câu trả lời
post-card-late = Gửi muộn so với hạn { $day }.
post-filter = Chỉ bài gửi bưu điện
post-tag = Bưu điện
post-untyped-tag = Chưa gõ
desk-not-valid-untyped = Chưa chọn “Hợp lệ” được: bài còn trên giấy. Gõ bài hoặc đính kèm tệp trước.
desk-file-untyped = Bài còn trên giấy, chưa có nội dung.
desk-left-untyped = Bài còn trên giấy, chưa gõ.
desk-left-post-late = Gửi muộn.
desk-flag-post-late = Gửi bưu điện muộn
desk-flag-text-post-late = Dấu bưu điện, hoặc lúc đến nếu không có dấu, quá hạn của thể lệ. Bài không ghi hợp lệ được, trừ khi được gia hạn riêng hoặc dấu đã đọc nhầm.
desk-flag-paper-incomplete = Giấy còn thiếu
desk-flag-text-paper-incomplete = Trên giấy thiếu điều thể lệ hỏi: cam đoan, câu trả lời bắt buộc, năm sinh hoặc người giám hộ. Hỏi tác giả rồi ghi thêm.
desk-list-postmark = Dấu bưu điện
desk-list-arrived = Đến lúc
desk-list-condition = Tình trạng phong bì
said-post-written = Đã ghi bản mới thay tác giả.
said-code-sent = Đã gửi mã mới tới thư của tác giả; mã cũ hết hiệu lực.
said-entry-claimed = Bài này từ nay thuộc tài khoản của bạn.
claim-have = Tôi có mã nhận bài
claim-text = Bài gửi qua bưu điện có biên nhận in kèm mã 12 ký tự. Nhập mã để bài về tài khoản này: bạn xem tình trạng và trả lời Tổ Thư ký ở đây.
claim-word = Mã nhận bài
claim-do = Nhận bài
receipt-paper = Bài trên giấy.
receipt-paper-text = Bài đã được ghi sổ; Tổ Thư ký gõ nội dung trước khi sơ loại.
verb-enter-post = Ghi sổ bài gửi bưu điện
verb-issue-claim-code = Cấp mã nhận bài
verb-claim-entry = Nhận bài về tài khoản
record-field-postmark = Dấu bưu điện
record-field-condition = Tình trạng phong bì
record-condition-whole = nguyên vẹn
record-condition-damaged = rách, ướt
record-condition-opened = đã bị mở
record-field-reply = Lời tác giả trả lời (băm)
record-field-by-letter = Gửi bằng thư
record-field-post = Chỉ bài gửi bưu điện
refusal-postmark-unreadable = Ghi dấu bưu điện là một ngày, hoặc để trống.
refusal-postmark-after-arrival = Dấu bưu điện không thể sau ngày đến. Xem lại hai ngày này.
refusal-arrival-future = Lúc đến không thể ở sau giờ máy chủ.
refusal-condition-needed = Chọn tình trạng phong bì.
refusal-remark-long = Rút ngắn ghi chú: tối đa { $max } ký tự.
refusal-guardian-long = Tác giả { $n }: tên người giám hộ dài tối đa 200 ký tự.
refusal-file-again = Trình duyệt không giữ tệp đã chọn: hãy chọn lại tệp sau khi sửa các chỗ trên.
refusal-post-file-unreadable = Không đọc được tệp này. Chọn tệp .docx, .odt hay .txt khác, hoặc bỏ trống, ghi sổ rồi gõ bài sau.
refusal-intake-closed = Đã hết hạn nhận bài qua bưu điện, không ghi sổ được nữa.
refusal-post-claimed = Bài này đã được nhận về một tài khoản; từ nay người giữ tài khoản tự sửa và trả lời.
refusal-post-no-address = Trên giấy không có thư điện tử của tác giả. Cấp mã để in.
refusal-post-late = Chưa thể ghi hợp lệ: bài gửi muộn. Từ chối kèm lý do, hoặc gia hạn riêng cho bài này.
refusal-claim-code-unknown = Mã này không dùng được: có thể gõ nhầm, đã dùng, đã thay bằng mã khác, hoặc của cuộc thi khác. Xem lại biên nhận, hoặc hỏi Tổ Thư ký.
letter-post-receipt-subject = Đã nhận bài gửi bưu điện số { $number }
letter-post-receipt-text =
    Bài “{ $title }” gửi qua bưu điện dự { $contest } đã được ghi sổ lúc { $received-at }.

    Số bài: { $number }

    Số biên nhận: { $receipt }

    Mã để đưa bài về tài khoản của bạn có trên biên nhận in; nếu chưa nhận được, hãy hỏi Tổ Thư ký.
letter-post-receipt-button = Tới trang của cuộc thi
letter-post-query-subject = Tổ Thư ký hỏi lại về bài số { $number }
letter-post-query-text =
    Tổ Thư ký của { $contest } cần bạn trả lời về bài số { $number }, trước { $until }:

    { $reason }

    Xin liên hệ Tổ Thư ký, hoặc dùng mã nhận bài trên biên nhận để trả lời trên trang.
letter-post-query-button = Tôi có mã nhận bài
letter-post-entry-refused-subject = Kết luận về bài số { $number }
letter-post-entry-refused-text =
    Tổ Thư ký của { $contest } đã kết luận bài số { $number } không được nhận vào vòng chấm. Lý do:

    { $reason }
letter-post-entry-refused-button = Tới trang của cuộc thi
letter-post-entry-accepted-subject = Bài số { $number } hợp lệ
letter-post-entry-accepted-text = Sau phần bạn trả lời, Tổ Thư ký của { $contest } đã kết luận bài số { $number } hợp lệ.
letter-post-entry-accepted-button = Tới trang của cuộc thi
letter-post-code-subject = Mã nhận bài số { $number }
letter-post-code-text =
    Mã để đưa bài “{ $title }” dự { $contest } về tài khoản của bạn, dùng một lần: { $code }

    Đăng nhập (hoặc tạo tài khoản), mở “Bài của tôi”, chọn “Tôi có mã nhận bài” và nhập mã. Mã cũ, nếu có, không dùng được nữa.
letter-post-code-button = Nhập mã
refusal-post-limit = Một tác giả của bài này đã có đủ số bài thể lệ cho phép, tính theo thư điện tử hoặc điện thoại riêng cùng họ tên. Nếu thư hay điện thoại trên giấy là của người khác, ví dụ của trường, hãy bỏ trống ô ấy. Nếu đúng là quá số bài, trả phong bì theo thể lệ.
letter-post-entry-extended-subject = Bài số { $number } được gia hạn
letter-post-entry-extended-text = Tổ Thư ký của { $contest } đã gia hạn cho bài số { $number } gửi qua bưu điện: nhận bản sửa trước { $until }. Xin liên hệ Tổ Thư ký, hoặc dùng mã nhận bài trên biên nhận để sửa trên trang. Nếu không sửa gì, không cần làm gì.
letter-post-entry-extended-button = Tôi có mã nhận bài
letter-post-entry-struck-out-subject = Bài số { $number } bị loại
letter-post-entry-struck-out-text =
    Tổ Thư ký của { $contest } đã loại bài số { $number } sau khi cắt phách. Lý do:

    { $reason }
letter-post-entry-struck-out-button = Tới trang của cuộc thi
letter-post-coauthor-objects-subject = Một đồng tác giả của bài số { $number } phản đối
letter-post-coauthor-objects-text =
    { $other } trả lời rằng mình không cùng viết bài số { $number } gửi qua bưu điện dự { $contest }.

    Có thể đây chỉ là nhầm lẫn. Bài vẫn được tính; Tổ Thư ký sẽ xem lại và liên hệ nếu cần. Muốn sửa danh sách tác giả, xin báo Tổ Thư ký.
letter-post-coauthor-objects-button = Tới trang của cuộc thi
letter-post-results-out-subject = Đã có kết quả { $contest }
letter-post-results-out-text = Kết quả { $contest } đã được công bố. Mời bạn xem ở trang của cuộc thi.
letter-post-results-out-button = Xem kết quả
